// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.Yaml;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalsTest {
  private static final String AGENT_HEAD =
      "apiVersion: steward/v1\nkind: Agent\nmetadata: {name: a}\nspec:\n";

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          owner: support@example.com    | 5: spec.owner: 'support@example.com' is a team alias; an owner is one person who answers for it, so name one (a Person resource)
          owner: payments-team          | 5: spec.owner: 'payments-team' is a team alias; an owner is one person who answers for it, so name one (a Person resource)
          owner: [a@b.c, d@e.f]         | 5: spec.owner: must be one text, not a list
          owner: a@b.c and d@e.f        | 5: spec.owner: 'a@b.c and d@e.f' must be one person
          risk: prohibited              | 5: spec.risk: prohibited: what the law forbids (EU AI Act, Article 5) cannot be registered or run; change what the agent does, or retire it
          risk: hihg                    | 5: spec.risk: 'hihg' is none of minimal, limited, high. Did you mean high?
          autonomy: act_with_approval   | 5: spec.autonomy: 'act_with_approval' is none of suggest, act-with-approval, act. Did you mean act-with-approval?
          oversight: gouverned          | 5: spec.oversight: 'gouverned' is none of governed, observed. Did you mean governed?
          purpse: Works                 | 5: spec.purpse: is not a field here. Did you mean purpose?
          purpose: ''                   | 5: spec.purpose: is empty
          {x: y}                        | 5: spec.x: is not a field here. Known are
          outcomes: yes                 | 5: spec.outcomes: must be a list
          value: 4.00 USD               | 5: spec.value: must be outcomes with what they are worth
          value: {resolved: 4.00}       | 5: spec.value: resolved: '4.00' is no amount with its currency, such as 4.00 USD
          value: {a: 1 USD, b: 1 EUR}   | 5: spec.value: is in several currencies, which cannot be added; write one
          value: {a: 1 USD, A: 2 USD}   | 5: spec.value: holds A twice; labels are the same in any case
          version: {model: []}          | 5: spec.version.model: is not a field here. Did you mean models?
          version: {models: [{use: a}]} | 5: spec.version.models[0].model: is missing
          version: {models: [{model: a, temprature: 1}]} | 5: spec.version.models[0].temprature: is not a field here. Did you mean temperature?
          version: {models: [{model: a, temperature: warm}]} | 5: spec.version.models[0].temperature: is "warm"; write a number
          version: {models: [{model: a, maxTokens: 1.5}]} | 5: spec.version.models[0].maxTokens: is 1.5; write a whole number
          version: {models: [{model: a, topP: -1}]} | 5: spec.version.models[0].topP: is -1; it is never negative
          version: {tools: [{server: Pay Ments}]} | 5: spec.version.tools[0].server: 'Pay Ments' is no name
          version: {orchestration: {maxSteps: 0}} | 5: spec.version.orchestration.maxSteps: must be at least 1
          version: {orchestration: {maxSteps: many}} | 5: spec.version.orchestration.maxSteps: must be a whole number
          version: {orchestration: {loops: {sameCal: 5}}} | 5: spec.version.orchestration.loops.sameCal: is not a field here. Did you mean sameCall?
          version: {orchestration: {loops: {sameCall: 1}}} | 5: spec.version.orchestration.loops.sameCall: must be at least 2
          version: {orchestration: {loops: {cycle: {times: 3, action: halt}}}} | 5: spec.version.orchestration.loops.cycle.action: 'halt' is none of flag, stop
          version: {code: {endpoint: 'http://a'}} | 5: spec.version.code.endpoint: must be a mapping of fields
          version: {code: {endpoint: {secret: a}}} | 5: spec.version.code.endpoint.url: is missing; write where it answers over HTTP
          version: {code: {endpoint: {url: 'ftp://a'}}} | 5: spec.version.code.endpoint.url: must begin with one of [http, https]
          version: {code: {endpoint: {url: 'http://a/x?y=1'}}} | 5: spec.version.code.endpoint.url: has a query or fragment
          version: {code: {endpoint: {url: 'http://u:p@a'}}} | 5: spec.version.code.endpoint.url: holds a user or password
          version: {code: {endpoint: {url: 'http://a', token: x}}} | 5: spec.version.code.endpoint.token: is not a field here
          version: {code: {endpoint: {url: 'http://a', concurrency: 0}}} | 5: spec.version.code.endpoint.concurrency: is 0; write a number from 1 to 100000
          version: {code: {endpoint: {url: 'http://a', call: soon}}} | 5: spec.version.code.endpoint.call: must be a length of time such as
          version: {data: [{name: h, endpoint: {url: 'ftp://a'}}]} | 5: spec.version.data[0].endpoint.url: must begin with one of [http, https]
          version: {orchestration: {fallback: b}} | 5: spec.version.orchestration.fallback: stands without code.endpoint
          version: {prompts: {system: hello}} | 5: spec.version.prompts.system: must be a mapping of fields
          """)
  void refusesInAnAgent(String line, String problem) {
    assertThat(problems(AGENT_HEAD + "  " + line.strip() + "\n"))
        .anyMatch(p -> p.contains(problem));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Person        | team@example.com | {}                               | metadata.name: 'team@example.com' is a team alias; a Person is one human
          Person        | Dana             | {}                               | metadata.name: 'Dana' is no name: write lower-case letters, digits and - . _ between them, at most 120 characters, or an e-mail address
          Person        | dana             | {email: none}                    | spec.email: 'none' is no e-mail address in lower case
          Person        | dana             | {grants: [{role: god}]}          | spec.grants[0].role: 'god' is none of viewer, developer, operator, approver, admin.
          Person        | dana             | {grants: [{teams: [a]}]}         | spec.grants[0].role: is missing
          Person        | dana             | {grants: [{role: admin, teams: []}]} | spec.grants[0].teams: is an empty list; leave it out where the role holds everywhere
          Person        | dana             | {grants: [{role: admin, content: sure}]} | spec.grants[0].content: must be true or false
          ModelProvider | p                | {dialect: opanai}                | spec.dialect: 'opanai' is none of openai, anthropic, gemini, bedrock. Did you mean openai?
          ModelProvider | p                | {dialect: openai, secret: sk-abc} | spec.secret: must be the name of a secret, never the key itself
          ModelProvider | p                | {dialect: openai, url: "https://u:p@x"} | spec.url: holds a user or password; keep it as a secret, not in the url
          ModelProvider | p                | {dialect: openai, url: "ftp://x"} | spec.url: must begin with one of [http, https]
          ModelProvider | p                | {dialect: openai, url: "x.example.com"} | spec.url: 'x.example.com' has no scheme such as https://
          ModelProvider | p                | {dialect: openai, url: "https://x y"} | spec.url: is no url:
          DataSource    | d                | {owner: dana}                    | spec.type: is missing
          ToolServer    | t                | {owner: dana, url: "http://x", command: [y]} | spec.command: stands beside a url; a tool server has one or the other
          ToolServer    | t                | {owner: dana, tools: [{name: a}, {name: a}]} | spec.tools[1].name: 'a' stands twice; remove one
          ToolServer    | t                | {owner: dana, tools: [{name: a b}]} | spec.tools[0].name: 'a b' is no tool name: letters, digits, _ . : -
          ToolServer    | t                | {owner: dana, tools: [{name: a, inputSchema: x}]} | spec.tools[0].inputSchema: must be a JSON schema, which is a mapping
          Price         | p                | {provider: a, model: b}          | spec.perMillion: must price at least one unit, such as input
          Price         | p                | {provider: a, model: b, perMillion: {inptu: 1}} | spec.perMillion.inptu: is no unit that is counted. Did you mean input?
          Price         | p                | {provider: a, model: b, perMillion: {input: -1}} | spec.perMillion.input: must not be negative
          Price         | p                | {provider: a, model: b, perMillion: {input: 1e999999999}} | spec.perMillion.input: must be a number
          Price         | p                | {provider: a, model: b, perMillion: {input: 1e400      }} | spec.perMillion.input: must be a number
          Price         | p                | {provider: a, model: b, perMillion: {input: 1}, currency: dollars} | spec.currency: must be three capitals of ISO 4217, such as USD
          Price         | p                | {provider: a, model: b, perMillion: {input: 1}, contextWindow: 0} | spec.contextWindow: must be above 0, in tokens; leave it out where it is unknown
          Price         | p                | {provider: a, model: b, perMillion: {input: 1}, contextWindow: big} | spec.contextWindow: must be a whole number
          Price         | p                | {provider: a, model: b, perMillion: {input: 1}, validFrom: soon} | spec.validFrom: must be a day such as 2026-11-01 or a moment such as 2026-11-01T08:00:00Z
          Price         | p                | {provider: a, model: b, perMillion: {input: 1}, match: [/gpt-(/]} | spec.match: holds a regular expression that is none
          Price         | p                | {provider: a, model: b, perMillion: {input: 1}, tiers: [{hours: 9-17, perMillion: {input: 2}}]} | spec.tiers[0].hours: hours are not like 00:30-16:30: 9-17
          Price         | p                | {provider: a, model: b, perMillion: {input: 1}, tiers: [{above: 1, perMillion: {input: -2}}]} | spec.tiers[0].perMillion.input: must not be negative
          Price         | p                | {provider: a, model: b, perMillion: {input: 1}, validFrom: 2026-02-01, validUntil: 2026-01-01} | spec.validUntil: must be after validFrom
          """)
  void refusesInOtherKinds(String kind, String name, String spec, String problem) {
    assertThat(
            problems(
                "apiVersion: steward/v1\nkind: "
                    + kind
                    + "\nmetadata: {name: "
                    + name
                    + "}\nspec: "
                    + spec
                    + "\n"))
        .anyMatch(p -> p.contains(problem));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'a: &x 1\\nb: *x'          | test.yaml:1: anchors and aliases are not read here; write the value out
          'a: !!java.net.URL [x]'    | test.yaml:1: the tag tag:yaml.org,2002:java.net.URL is not read here; remove it
          'a: [1, 2'                 | test.yaml:1: not YAML: expected ',' or ']', but got <stream end>
          '? [a]\\n: b'              | test.yaml:1: the name of a field must be a word
          'kind: Agent\\nkind: X'    | test.yaml:2: kind: stands twice, first in line 1; remove one
          'just words'               | test.yaml:1: must be a mapping of fields
          'kind: Agnet'              | test.yaml:1: kind: 'Agnet' is none of Agent, AlertRule, Budget, Channel, DataSource, Gate, ModelProvider, Person, Policy, Price, ToolServer. Did you mean Agent?
          'apiVersion: v2'           | test.yaml:1: apiVersion: must be steward/v1
          'kind: Agent'              | test.yaml:1: metadata: is missing; it holds the name
          'kind: Agent '             | test.yaml:1: spec: is missing
          'metdata: {name: a}'       | test.yaml:1: kind: is missing
          """)
  void refusesDocuments(String yaml, String problem) {
    assertThat(problems(yaml.replace("\\n", "\n"))).anyMatch(p -> p.contains(problem));
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() {
    assertThat(
            problems(
                AGENT_HEAD
                    + "  owner: support@example.com\n  risk: prohibited\n---\n"
                    + Yaml.DANA.replace("developer", "boss")))
        .containsExactly(
            "test.yaml:5: spec.owner: 'support@example.com' is a team alias; an owner is one person"
                + " who answers for it, so name one (a Person resource)",
            "test.yaml:5: spec.purpose: is missing",
            "test.yaml:6: spec.risk: prohibited: what the law forbids (EU AI Act, Article 5) cannot"
                + " be registered or run; change what the agent does, or retire it",
            "test.yaml:11: spec.grants[0].role: 'boss' is none of viewer, developer, operator,"
                + " approver, admin.");
  }

  @Test
  void aStageIsNotCalledAsAnother() {
    assertThat(
            problems(
                AGENT_HEAD
                    + "  owner: dana@example.com\n  purpose: Pays.\n  risk: minimal\n"
                    + "  environments: {staging: production, production: live}\n"))
        .containsExactly(
            "test.yaml:8: spec.environments.staging: 'production' is the name of another stage;"
                + " whoever reads it would take it for that");
  }

  @Test
  void aBombOfNestedListsIsRefusedAtItsDepth() {
    assertThat(problems("a: " + "[".repeat(100_000)))
        .containsExactly("test.yaml:1: nested deeper than 64 levels");
  }

  @Test
  void aDocumentOfTooManyValuesIsRefused() {
    assertThat(problems("a: [" + "1,".repeat(1_000_001) + "1]"))
        .containsExactly("test.yaml:1: a document of more than 1000000 values; split it");
  }

  @Test
  void labelsHaveALimit() {
    assertThat(problems(AGENT_HEAD.replace("{name: a}", "{name: a, labels: {'a b': c}}")))
        .anyMatch(p -> p.startsWith("test.yaml:3: metadata.labels: 'a b': write letters, digits"));
  }

  private static List<String> problems(String yaml) {
    return Manifests.read(List.of(new ManifestFile("test.yaml", yaml))).problems().stream()
        .map(Problem::toString)
        .toList();
  }
}
