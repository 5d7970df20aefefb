-- The event that made the row, so that verify finds an inbox mark that is missing.
alter table timeline_entry add column event text null;
alter table mail add column event text null;
