// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.console.stage.Declared;
import dev.steward.control.ControlFixture;
import dev.steward.control.plan.VersionDiff.Artefact;
import dev.steward.control.plan.VersionDiff.Part;
import dev.steward.control.plan.VersionDiff.Side;
import dev.steward.control.state.State;
import dev.steward.control.state.VersionEntry;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionDiffTest {
  private ControlFixture control;

  @BeforeEach
  void open(@TempDir Path folder) {
    control = new ControlFixture(folder);
    control.apply(Declared.PEOPLE);
    control.apply(Declared.payments(200));
    control.apply(Declared.refunds("Be kind.", "get_order, refund"));
  }

  @AfterEach
  void close() {
    control.close();
  }

  @Test
  void namesAllSevenArtefactsAndWhatDiffersInEach() {
    control.apply(Declared.refunds("Be short.", "refund"));

    List<Part> parts = difference();

    assertThat(parts).extracting(Part::artefact).containsExactly(Artefact.values());
    assertThat(parts.stream().filter(part -> !part.same()).map(Part::artefact))
        .containsExactly(Artefact.PROMPTS, Artefact.TOOLS);
    assertThat(parts.getFirst().fields())
        .containsExactly(new FieldDiff("prompts.system.text", "Be kind.", "Be short."));
    assertThat(parts.get(2).fields())
        .singleElement()
        .satisfies(field -> {
          assertThat(field.path()).isEqualTo("tools[payments/get_order]");
          assertThat(field.removed()).isTrue();
        });
  }

  @Test
  void comparesToolsAsTheyWereDeclaredWithEachVersion() {
    control.apply(Declared.payments(500));
    control.apply(Declared.refunds("Be short.", "get_order, refund"));

    List<FieldDiff> tools = difference().get(2).fields();

    assertThat(tools)
        .containsExactly(
            new FieldDiff(
                "tools[payments/refund].inputSchema.properties.amount.maximum", "200", "500"));
  }

  @Test
  void aVersionDoesNotDifferFromItself() {
    State state = control.state();
    VersionEntry only = state.versions("refunds").getFirst();
    Side side = side(state, only);

    assertThat(VersionDiff.of(side, side)).allMatch(Part::same);
  }

  private List<Part> difference() {
    State state = control.state();
    List<VersionEntry> versions = state.versions("refunds");
    return VersionDiff.of(side(state, versions.getFirst()), side(state, versions.getLast()));
  }

  private static Side side(State state, VersionEntry entry) {
    return new Side(
        state.version("refunds", entry.version().hex()).orElseThrow(), state, entry.sequence());
  }
}
