// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.control.ControlFixture;
import dev.steward.control.Yaml;
import dev.steward.control.kind.VersionReader;
import dev.steward.domain.ApiException;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.resource.AgentVersion.DataUse;
import dev.steward.domain.resource.AgentVersion.ModelUse;
import dev.steward.domain.resource.Person;
import dev.steward.domain.resource.Price;
import dev.steward.domain.resource.Resource;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestsTest {
  private static final String PRICE =
      """
      apiVersion: steward/v1
      kind: Price
      metadata: {name: openai/gpt-5}
      spec:
        provider: openai
        model: gpt-5
        match: [gpt-5-*]
        perMillion: {input: 1.250, cache-read: 0.125, output: 10}
        tiers:
          - {above: 272000, perMillion: {input: 2.5}}
          - {hours: 00:30-16:30, perMillion: {input: 1, image-output: 8, request: 0.1}}
        validFrom: 2026-01-01
        validUntil: 2027-01-01T00:00:00Z
        contextWindow: 400000
      """;

  private static final String PROVIDER =
      """
      apiVersion: steward/v1
      kind: ModelProvider
      metadata: {name: openai}
      spec: {dialect: openai, url: "https://api.openai.com/v1", secret: openai-key, models: [gpt-5]}
      """;

  @Test
  void readsTheSevenArtefacts() {
    Agent agent = (Agent) read(Yaml.REFUNDS);
    AgentVersion version = agent.version();

    assertThat(version.models())
        .containsExactly(
            new ModelUse("main", "gpt-5", "openai"),
            new ModelUse("fallback", "claude-sonnet-4-5", "anthropic"));
    assertThat(version.data())
        .containsExactly(new DataUse("refund-guidelines", "2026-11-01", Optional.empty(), false));
    assertThat(version.json())
        .isEqualTo(
            """
            {"code":{"image":"registry.example.com/refunds@sha256:0a1b"},\
            "data":[{"name":"refund-guidelines","version":"2026-11-01"}],\
            "memory":{"store":"none"},\
            "models":[{"model":"gpt-5","provider":"openai","temperature":0,"use":"main"},\
            {"model":"claude-sonnet-4-5","provider":"anthropic","use":"fallback"}],\
            "orchestration":{"delegates":["fraud-check"],"maxSteps":40},\
            "prompts":{"system":{"text":"You answer refund requests.\\nBe brief."}},\
            "tools":[{"server":"payments","tools":["get_order","refund"]}]}\
            """);
    assertThat(version.digest().hex())
        .isEqualTo("79b62ecf8ba9517f46d351c19f9538d6741539bfdefcf68aa25f3fb84f3bca71");
  }

  @Test
  void readsWhenARunGoesRound() {
    String loops = "{cycle: {times: 4, action: flag}, sameCall: 7}";
    Agent agent =
        (Agent) read(Yaml.REFUNDS.replace("maxSteps: 40}", "maxSteps: 40, loops: " + loops + "}"));

    assertThat(agent.version().json())
        .contains("\"loops\":{\"cycle\":{\"action\":\"flag\",\"times\":4},\"sameCall\":7}");
  }

  @Test
  void aVersionStoredBeforeLoopsWereReadStillOpens() {
    String json = "{\"orchestration\":{\"loops\":{\"perDay\":1}}}";

    assertThat(VersionReader.stored(json).json()).isEqualTo(json);
  }

  @Test
  void readsAPriceExactly() {
    Price price = (Price) read(PRICE);

    assertThat(price.currency()).isEqualTo("USD");
    assertThat(price.perMillion())
        .isEqualTo(
            Map.of(
                "input", new BigDecimal("1.25"),
                "cache-read", new BigDecimal("0.125"),
                "output", new BigDecimal("10")));
    assertThat(price.tiers()).extracting(Price.Tier::above).containsExactly(272_000L, 0L);
    assertThat(price.tiers().getLast().hours()).isEqualTo("00:30-16:30");
    assertThat(price.validFrom()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(price.validUntil()).isEqualTo(Instant.parse("2027-01-01T00:00:00Z"));
    assertThat(price.contextWindow()).isEqualTo(400_000);
  }

  @Test
  void everyKindIsWrittenSoThatItReadsAsTheSame() {
    String valued = Yaml.agent("plain", "value: {resolved: 4.00 USD, Escalated: -1.5 USD}");
    for (String yaml :
        List.of(Yaml.DANA, Yaml.ORDERS, Yaml.PAYMENTS, Yaml.REFUNDS, valued, PRICE, PROVIDER)) {
      Resource resource = read(yaml);
      assertThat(read(Manifests.yaml(resource))).isEqualTo(resource);
    }
    assertThat(((Agent) read(valued)).value())
        .containsEntry("escalated", new Agent.Worth(new BigDecimal("-1.5"), "USD"));
  }

  @Test
  void whoDoesNotSayIsOnlyObservedAndOnlySuggests() {
    Agent agent = (Agent) read(Yaml.agent("plain", "workflow: triage"));

    assertThat(agent.oversight()).isEqualTo(Agent.Oversight.OBSERVED);
    assertThat(agent.autonomy()).isEqualTo(Agent.Autonomy.SUGGEST);
    assertThat(agent.workflows()).containsExactly("triage");
    assertThat(agent.version().json()).isEqualTo("{}");
  }

  @Test
  void contentIsReadByThoseWhoseRoleNeedsItUnlessSaidOtherwise() {
    Person person =
        (Person)
            read(
                """
                apiVersion: steward/v1
                kind: Person
                metadata: {name: dana}
                spec:
                  grants:
                    - {role: viewer}
                    - {role: viewer, content: true}
                    - {role: operator, environments: [production]}
                    - {role: operator, content: false}
                """);

    assertThat(person.grants())
        .extracting(Person.Grant::content)
        .containsExactly(false, true, true, false);
  }

  @Test
  void emptyDocumentsAndCommentsAreNothing() {
    assertThat(ControlFixture.read("---\n# nothing\n---\n" + Yaml.DANA + "---\n").declarations())
        .hasSize(1);
  }

  @Test
  void readsAFolderInOrderOfPath(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("team"));
    Files.writeString(folder.resolve("team/agents.yaml"), Yaml.REFUNDS);
    Files.writeString(folder.resolve("people.yml"), Yaml.DANA);
    Files.writeString(folder.resolve("README.md"), "not a manifest");

    Manifest manifest = Manifests.read(Manifests.files(folder));

    assertThat(manifest.problems()).isEmpty();
    assertThat(manifest.declarations())
        .extracting(d -> d.resource().kind())
        .containsExactly("Person", "Agent");
    assertThat(Manifests.files(folder.resolve("people.yml"))).hasSize(1);
    assertThatThrownBy(() -> Manifests.files(folder.resolve("nowhere")))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("does not exist");
  }

  @Test
  void kindsAreUnderstoodAsPeopleWriteThem() {
    assertThat(Manifests.kind("agents")).isEqualTo("Agent");
    assertThat(Manifests.kind("tool-servers")).isEqualTo("ToolServer");
    assertThat(Manifests.kind("people")).isEqualTo("Person");
    assertThat(Manifests.kind("policies")).isEqualTo("Policy");
    assertThatThrownBy(() -> Manifests.kind("agnet"))
        .hasMessage(
            "no kind 'agnet'; there are Agent, AlertRule, Budget, Channel, DataSource, Gate,"
                + " ModelProvider, Person, Policy, Price, ToolServer. Did you mean Agent?");
  }

  private static Resource read(String yaml) {
    return ControlFixture.read(yaml).declarations().getFirst().resource();
  }
}
