alter table timeline_entry add column traceparent text null;
