create table spans (
  day date, trace uuid, span bigint, parent bigint, kind tinyint, status tinyint, name varchar, error varchar,
  started bigint, lasted bigint, received bigint,
  service varchar, agent varchar, version varchar, environment varchar, workflow varchar, task varchar,
  conversation varchar, run varchar, person varchar,
  provider varchar, request_model varchar, response_model varchar, response_id varchar, finish varchar,
  parameters varchar, first_chunk double,
  tool varchar, server varchar, call_id varchar, tool_type varchar,
  input_tokens bigint, output_tokens bigint, usage varchar, cost decimal(38, 18), cost_about varchar,
  source varchar, title varchar, waiting boolean,
  input uuid, output uuid, instructions uuid, tools uuid, arguments uuid, result uuid, documents uuid,
  attributes varchar using compression zstd, resource varchar, scope varchar, scope_version varchar,
  otel_kind tinyint, trace_state varchar, events varchar using compression zstd, links varchar, dialect varchar,
  digest_high uuid, digest_low uuid);
create table contents (day date, hash uuid, part integer, body varchar using compression zstd);
create table lists (day date, id uuid, previous uuid, added uuid[]);
create table late (
  day date, trace uuid, span bigint, title varchar,
  input uuid, output uuid, instructions uuid, tools uuid, arguments uuid, result uuid, documents uuid);
create table runs (
  day date, trace uuid, suffix varchar, root bigint, agent varchar, registered boolean, version varchar,
  environment varchar, team varchar, workflow varchar, task varchar, conversation varchar, status tinyint,
  outcome varchar, score double, started bigint, ended bigint, first_seen bigint, last_seen bigint, spans integer,
  steps integer, model_calls integer, tool_calls integer, errors integer, input_tokens bigint, output_tokens bigint,
  cost decimal(38, 18), currency varchar, priced integer, unknown integer, title varchar, skewed boolean,
  models varchar[], tool_names varchar[], sources varchar[], services varchar[]);
create table cost_lines (
  day date, trace uuid, suffix varchar, agent varchar, version varchar, environment varchar, workflow varchar,
  team varchar, minute bigint, model varchar, tool varchar, currency varchar, amount decimal(38, 18),
  priced integer, unknown integer, model_calls integer, input_tokens bigint, output_tokens bigint);
create table evaluations (
  day date, trace uuid, span bigint, response_id varchar, name varchar, label varchar, score double,
  explanation varchar, outcome boolean, told_by varchar, happened bigint);
create table logs (
  day date, trace uuid, span bigint, happened bigint, event varchar, severity integer, body varchar using compression zstd,
  attributes varchar using compression zstd, service varchar);
create table series (day date, id uuid, name varchar, series varchar);
create table points (day date, series uuid, happened bigint, value varchar);
create table letters (
  id varchar, segment bigint, place bigint, before bigint, spans integer, reason varchar, payload blob, since bigint);
create table loader (loaded bigint, duplicates bigint, dead bigint, segment bigint, place bigint, spans bigint);
insert into loader values (0, 0, 0, 0, 0, 0);
create table archive (day date, kind varchar, file varchar, rows bigint);
