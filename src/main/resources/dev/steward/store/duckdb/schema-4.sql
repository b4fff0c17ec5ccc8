alter table spans add column charges varchar;
alter table cost_lines add column what varchar;
alter table cost_lines add column provider varchar;
alter table cost_lines add column step varchar;
