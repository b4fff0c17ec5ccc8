alter table spans add column charges varchar;
alter table cost_lines add column what varchar;
alter table cost_lines add column provider varchar;
alter table cost_lines add column step varchar;
alter table cost_lines add column caller varchar;
update cost_lines set caller = r.agent from runs r where r.trace = cost_lines.trace and r.suffix = cost_lines.suffix;
