alter table payable add column traceparent varchar(55) null;
