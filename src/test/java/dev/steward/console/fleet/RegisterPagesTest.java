// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.console.stage.Declared;
import dev.steward.console.stage.Stage;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.PageResponse;
import dev.steward.console.web.Reader;
import dev.steward.control.access.Actor;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RegisterPagesTest {
  private static final Reader ADMIN = new Reader(Actor.SYSTEM, "Mei Tanaka", (_, _) -> true);
  private static Stage stage;

  @BeforeAll
  static void setUp() {
    stage = Stage.full(() -> Instant.parse("2026-11-21T09:00:00Z"));
    stage.control.apply(Declared.PEOPLE);
  }

  @Test
  void offersAManifestOfWhatTheSenderUsed() {
    String page = html(stage.get("/fleet/register", Map.of("name", "pricing-poc"), ADMIN));

    assertThat(page).contains("name: pricing-poc").contains("models:");
  }

  @Test
  void saysLineAndFieldOfWhatIsWrongAndKeepsTheText() {
    PageResponse answer =
        post("apply", manifest("lone-agent", "dana").replace("risk: high", "risk: some"));

    assertThat(html(answer))
        .contains("Nothing was applied")
        .contains("spec.risk")
        .contains("Line ")
        .contains("name: lone-agent")
        .contains("aria-invalid=\"true\"");
    assertThat(stage.control.state().agent("lone-agent")).isEmpty();
  }

  @Test
  void anOwnerWhoIsNobodyIsRefusedAtItsLine() {
    assertThat(html(post("apply", manifest("lone-agent", "nobody"))))
        .contains("Nothing was applied")
        .contains("spec.owner");
  }

  @Test
  void checkingAppliesNothingAndApplyingLeadsToTheAgent() {
    assertThat(html(post("preview", manifest("new-agent", "dana"))))
        .contains("not applied yet")
        .contains("Agent new-agent is created");
    assertThat(stage.control.state().agent("new-agent")).isEmpty();

    assertThat(post("apply", manifest("new-agent", "dana")))
        .isEqualTo(new PageResponse.Redirect("/agents/new-agent?registered=yes"));
    assertThat(stage.control.state().agent("new-agent")).isPresent();
  }

  @Test
  void whoMayNotDeclareIsToldSo() {
    Reader viewer = new Reader(Actor.person("p-nobody"), "Ana Ruiz", false, false);
    PageResponse answer =
        stage.console.handle(request(viewer, "apply", manifest("other-agent", "dana")));

    assertThat(html(answer)).contains("Nothing was applied");
    assertThat(stage.control.state().agent("other-agent")).isEmpty();
  }

  private static PageResponse post(String act, String manifest) {
    return stage.console.handle(request(ADMIN, act, manifest));
  }

  private static PageRequest request(Reader reader, String act, String manifest) {
    return new PageRequest(
        "POST",
        "/fleet/register",
        Map.of(),
        Map.of("csrf", "c", "act", act, "manifest", manifest),
        reader,
        "c",
        Map.of(),
        false);
  }

  private static String html(PageResponse response) {
    return ((PageResponse.Html) response).body();
  }

  private static String manifest(String name, String owner) {
    return """
    apiVersion: steward/v1
    kind: Agent
    metadata: {name: %s}
    spec:
      owner: %s
      purpose: Tests.
      risk: high
    """
        .formatted(name, owner);
  }
}
