// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.trace.Sender;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SendersTest {
  private static final Senders.AgentKeys KEYS =
      key ->
          key.equals("good")
              ? Optional.of(new Senders.Owner("refunds", "production", null))
              : Optional.empty();

  private final Senders open = new Senders(KEYS, false);
  private final Senders closed = new Senders(KEYS, true);

  @ParameterizedTest
  @CsvSource({
    "authorization, Bearer good",
    "authorization, bearer good",
    "authorization, good",
    "authorization, Basic c3Rld2FyZDpnb29k",
    "x-api-key, good",
    "x-goog-api-key, good",
    "api-key, good"
  })
  void aKeyIsFoundWhereverASdkPutsOne(String header, String value) {
    Map<String, String> headers = Map.of(header, value);

    Sender sender = closed.identify(headers::get);

    assertThat(sender.agent()).isEqualTo("refunds");
    assertThat(sender.environment()).isEqualTo("production");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer wrong", "Basic !!!", "wrong"})
  void aWrongKeyIsRefusedEvenWhereNoneIsNeeded(String value) {
    refused(open, Map.of("authorization", value));
  }

  @Test
  void withoutAKeySomebodyUnknownSends() {
    assertThat(open.identify(name -> null)).isEqualTo(Sender.UNKNOWN);
  }

  @Test
  void withoutAKeyNobodySendsWhereOneIsRequired() {
    refused(closed, Map.of());
  }

  @Test
  void headersNameRunWorkflowAndTask() {
    Map<String, String> headers =
        Map.of(
            "x-steward-run", "r1",
            "x-steward-workflow", " refunding ",
            "x-steward-task", "x".repeat(300));

    Sender sender = open.identify(headers::get);

    assertThat(sender.run()).isEqualTo("r1");
    assertThat(sender.workflow()).isEqualTo("refunding");
    assertThat(sender.task()).isNull();
  }

  private static void refused(Senders senders, Map<String, String> headers) {
    assertThatThrownBy(() -> senders.identify(headers::get))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAUTHENTICATED));
  }
}
