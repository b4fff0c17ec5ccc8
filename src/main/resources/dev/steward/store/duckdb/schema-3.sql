alter table runs add column ungoverned integer;
alter table runs add column ungoverned_since bigint;
