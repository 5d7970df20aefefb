alter table payable add column traceparent text null;
