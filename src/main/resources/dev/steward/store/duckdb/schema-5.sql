alter table runs add column ungoverned_tools integer;
