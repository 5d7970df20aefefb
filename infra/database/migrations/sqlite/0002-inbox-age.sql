-- Marks on events that can never come again are forgotten, the oldest first.
create index inbox_taken_at on inbox (taken_at);
