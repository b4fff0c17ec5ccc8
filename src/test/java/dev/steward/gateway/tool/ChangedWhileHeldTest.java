// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.command.Command;
import dev.steward.control.json.CanonicalJson;
import dev.steward.domain.Digest;
import dev.steward.domain.decision.Verdict;
import dev.steward.gateway.approval.ApprovalEnding;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/// What was changed while a call waited for people counts when they have agreed.
class ChangedWhileHeldTest {
  private static final String PAY = "{\"to\":\"a\",\"amount\":1}";

  @TempDir Path folder;
  private ToolFixture fixture;

  @BeforeEach
  void open() {
    fixture =
        new ToolFixture(
            folder, ToolFixture.policy("ask", "{tool: bank/pay, effect: require_approval}"));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aToolThatTheVersionListsNoLongerIsNotCalled() {
    meanwhile(() ->
        fixture.control.apply(
            ToolFixture.CLERK.replace("[balance, pay, account, wipe]", "[balance]")));

    refused("another version");
  }

  @Test
  void aVersionThatIsNoLongerInForceDoesNotCall() {
    meanwhile(() ->
        fixture.control.apply(
            ToolFixture.CLERK.replace(
                "  version:\n", "  version:\n    code: {image: \"registry.example.com/a:2\"}\n")));

    refused("another version");
  }

  @Test
  void aToolThatIsAcceptedNoLongerIsNotCalled() {
    meanwhile(() ->
        fixture.control.apply(
            ToolFixture.BANK.replaceAll(
                "(?s)    - name: pay.*?    - name: account", "    - name: account")));

    refused("accepted tools");
  }

  @Test
  void aToolThatWasAcceptedInAnotherFormIsNotCalled() {
    meanwhile(() -> {
      fixture.control.apply(
          ToolFixture.BANK.replace("description: Pays.", "description: Pays all."));
      fixture.server.offers(
          fixture
              .control
              .state()
              .find(dev.steward.domain.resource.ToolServer.class, "bank")
              .orElseThrow());
      fixture.offers.changed("bank");
    });

    refused("definition");
  }

  @Test
  void aKeyThatIsRevokedDoesNotCall() {
    fixture.control.submit(
        new Command.IssueAgentKey("key", Digest.of("key"), "clerk", "development", ""));
    meanwhile(() -> fixture.control.submit(new Command.RevokeAgentKey("key", "lost")));

    refused("revoked");
  }

  @Test
  void theIntentNamesTheStateThatDecided() {
    long[] sequence = new long[1];
    meanwhile(() -> {
      fixture.control.apply(ToolFixture.policy("more", "{tool: bank/wipe, effect: deny}"));
      sequence[0] = fixture.control.state().sequence();
    });

    assertThat(fixture.call("pay", PAY)).isInstanceOf(ToolEnding.Answered.class);
    assertThat(fixture.activity.sequences()).containsExactly(sequence[0]);
  }

  private void refused(String why) {
    assertThat(fixture.call("pay", PAY))
        .isInstanceOfSatisfying(
            ToolEnding.Refused.class, refused -> assertThat(refused.text()).contains(why));
    assertThat(fixture.server.sent).isEmpty();
    assertThat(fixture.approvals.used).isEmpty();
  }

  private void meanwhile(Runnable change) {
    fixture.approvals.people =
        (decision, asking) -> {
          change.run();
          return new ApprovalEnding.Approved(
              new Verdict.Allow(decision.grounds(), decision.obligations()),
              (ObjectNode) CanonicalJson.read(PAY),
              "a-1");
        };
  }
}
