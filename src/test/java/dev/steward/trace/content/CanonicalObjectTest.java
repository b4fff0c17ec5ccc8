// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CanonicalObjectTest {
  @Test
  void writesWhatTheCanonicalFormOfTheTreeIs() {
    String written =
        new CanonicalObject(8)
            .text("a", "\"\n\\ü\u0001")
            .text("b", null)
            .texts("c", List.of())
            .texts("d", List.of("x", "\"y\""))
            .number("e", -7)
            .json("f", "{\"g\":[1]}")
            .written();

    assertThat(written).isEqualTo(CanonicalJson.of(written)).doesNotContain("\"b\"");
    assertThat(written)
        .isEqualTo(
            "{\"a\":\"\\\"\\n\\\\ü\\u0001\",\"c\":[],\"d\":[\"x\",\"\\\"y\\\"\"],\"e\":-7,\"f\":{\"g\":[1]}}");
    assertThat(new CanonicalObject(8).written()).isEqualTo("{}");
  }

  @Test
  void refusesAnotherOrder() {
    CanonicalObject object = new CanonicalObject(8).text("b", "");
    assertThatThrownBy(() -> object.text("a", "")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> object.text("b", "")).isInstanceOf(IllegalStateException.class);
  }
}
