// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.gateway.wire.Header;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassedHeadersTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "X_Steward_User",
        "x_steward_delegation",
        "X-Steward_Run",
        "X_Api_Key",
        "X-HTTP-Method-Override",
        "X-HTTP-Method",
        "X-Method-Override",
        "X-Original-URL",
        "X_Original_Url",
        "X-Rewrite-URL",
        "x-real-ip"
      })
  void whatAServerReadsAsOursOrAsAnotherCallStaysHere(String name) {
    assertThat(PassedHeaders.asked(List.of(new Header(name, "1")))).isEmpty();
  }

  @Test
  void theRestPassesAsOftenAsItCame() {
    List<Header> headers =
        List.of(new Header("X-Tag", "a"), new Header("my_tag", "b"), new Header("X-Tag", "c"));

    assertThat(PassedHeaders.asked(headers)).isEqualTo(headers);
  }

  @Test
  void whatTheConnectionNamesIsOfTheConnection() {
    assertThat(
            PassedHeaders.asked(
                List.of(new Header("Connection", "x-once"), new Header("X_Once", "1"))))
        .isEmpty();
  }
}
