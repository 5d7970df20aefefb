-- The event that made the row, so that verify finds an inbox mark that is missing.
alter table refund add column event text null;
alter table payable add column event text null;
