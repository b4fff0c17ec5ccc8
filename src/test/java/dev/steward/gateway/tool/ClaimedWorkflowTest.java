// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.command.Command;
import dev.steward.domain.Part;
import dev.steward.domain.Selector;
import dev.steward.domain.resource.Budget;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A caller says which workflow it works for, and may say what it likes.
class ClaimedWorkflowTest {
  private static final String PAY = "{\"to\":\"a\",\"amount\":1}";
  private static final String TWO =
      ToolFixture.CLERK.replace("  risk: high\n", "  risk: high\n  workflows: [bills, letters]\n");

  @TempDir Path folder;
  private ToolFixture fixture;

  @BeforeEach
  void open() {
    fixture = new ToolFixture(folder, TWO);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void anotherWordDoesNotLeaveAPolicyOfTheDeclaredWorkflows() {
    policy("all", "", "allow");
    policy("no-bills", "bills", "deny");

    assertThat(said("anything else")).isInstanceOf(ToolEnding.Refused.class);
    assertThat(said("")).isInstanceOf(ToolEnding.Refused.class);
    assertThat(said("bills")).isInstanceOf(ToolEnding.Refused.class);
    assertThat(fixture.server.sent).isEmpty();
    assertThat(said("letters")).isInstanceOf(ToolEnding.Answered.class);
  }

  @Test
  void aForeignWordEntersNoPolicy() {
    policy("money", "treasury", "allow");
    policy("small", "letters", "allow");

    assertThat(said("treasury")).isInstanceOf(ToolEnding.Answered.class);
    fixture.control.submit(new Command.DeleteResource("Policy", "small"));

    assertThat(said("treasury")).isNotInstanceOf(ToolEnding.Answered.class);
    assertThat(fixture.server.sent).hasSize(1);
  }

  @Test
  void anotherWordDoesNotLeaveBudgetsAndKillsOfTheDeclaredWorkflows() {
    policy("all", "", "allow");
    said("anything else");

    var subject =
        Objects.requireNonNull(fixture.record().place())
            .subject(Objects.requireNonNull(fixture.record().caller()));

    Budget.Scope bills = new Budget.Scope(Map.of(), "", "bills", "", "", false);
    assertThat(bills.covers(subject)).isTrue();
    assertThat(Selector.of(Part.WORKFLOW, "bills").matches(subject)).isTrue();
    assertThat(Selector.of(Part.WORKFLOW, "anything else").matches(subject)).isFalse();
  }

  @Test
  void aKillOfADeclaredWorkflowEndsCallsThatSayNone() {
    policy("all", "", "allow");
    fixture.kill("k", Selector.of(Part.WORKFLOW, "bills"));

    assertThat(said("anything else")).isInstanceOf(ToolEnding.Refused.class);
    assertThat(said("letters")).isInstanceOf(ToolEnding.Answered.class);
  }

  private ToolEnding said(String workflow) {
    return fixture.call("pay", PAY, new ToolOrigin("", "", "", workflow, "", "", ""), "");
  }

  private void policy(String name, String workflow, String effect) {
    fixture.control.apply(
        "apiVersion: steward/v1\nkind: Policy\nmetadata: {name: %s}\nspec: {%srules: [{tool: bank/pay, effect: %s%s}]}\n"
            .formatted(
                name,
                workflow.isEmpty() ? "" : "workflows: [" + workflow + "], ",
                effect,
                effect.equals("deny") ? ", when: 'args.amount > 0'" : ""));
  }
}
