alter table timeline_entry add column traceparent varchar(55) null;
