// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.control.ControlFixture;
import dev.steward.control.json.CanonicalJson;
import dev.steward.domain.Digest;
import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.tool.ToolServerException.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class OffersTest {
  private static final Digest OTHER = Digest.of("other");
  private static final ToolServer BANK =
      (ToolServer)
          ControlFixture.read(
                  """
                  apiVersion: steward/v1
                  kind: ToolServer
                  metadata: {name: bank}
                  spec: {owner: dana@example.com, url: "http://bank/mcp", tools: [{name: pay}]}
                  """)
              .declarations()
              .getFirst()
              .resource();

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-21T08:00:00Z"));
  private final List<ObjectNode> answers = new ArrayList<>();
  private boolean away;
  private int asked;
  private final Offers offers =
      new Offers(
          () -> {
            throw new IllegalStateException("no State is needed");
          },
          _ -> {
            asked++;
            if (away) {
              throw new ToolServerException(new Reason.NotSent("the bank is away"));
            }
            return List.copyOf(answers);
          },
          now::get);

  @Test
  void aServerIsAskedOnceAndThenBelieved() throws ToolServerException {
    ObjectNode pay = CanonicalJson.object().put("name", "pay");
    answers.add(pay);
    Digest pin = Offers.digest(pay).orElseThrow();

    assertThat(offers.offers(BANK, "pay", pin)).isTrue();
    assertThat(offers.offers(BANK, "pay", OTHER)).isFalse();
    assertThat(offers.offers(BANK, "burn", pin)).isFalse();
    assertThat(asked).isEqualTo(1);
    now.updateAndGet(time -> time.plusSeconds(1));
    offers.changed("bank");
    assertThat(offers.offers(BANK, "pay", pin)).isTrue();
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void aServerThatDoesNotAnswerIsNotAskedByEachCaller() {
    away = true;
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> offers.offers(BANK, "pay", OTHER))
          .isInstanceOf(ToolServerException.class)
          .hasMessage("the bank is away");
    }
    assertThat(asked).isEqualTo(1);
    now.updateAndGet(time -> time.plusSeconds(2));
    assertThatThrownBy(() -> offers.offers(BANK, "pay", OTHER)).hasMessage("the bank is away");
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void aToolThatStandsTwiceInAListIsOfferedInNeitherForm() throws ToolServerException {
    ObjectNode pay = CanonicalJson.object().put("name", "pay");
    answers.add(pay);
    answers.add(CanonicalJson.object().put("name", "pay").put("description", "another"));

    assertThat(offers.offers(BANK, "pay", Offers.digest(pay).orElseThrow())).isFalse();
  }
}
