// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class CanonicalJsonTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          { "b" : 1, "a" : [ 2, 3 ] }   | {"a":[2,3],"b":1}
          {"a":1.50,"b":1e3,"c":-0.0}   | {"a":1.5,"b":1000,"c":0}
          {"\\u20ac":"\\u0001\\n\\/\\""} | {"€":"\\u0001\\n/\\""}
          {"aa":null,"a":true,"A":{}}   | {"A":{},"a":true,"aa":null}
          0.00000000000000000001        | 0.00000000000000000001
          """)
  void writesOneForm(String written, String canonical) {
    assertThat(CanonicalJson.text(CanonicalJson.read(written))).isEqualTo(canonical);
  }

  @Test
  void refusesMembersThatStandTwice() {
    assertThatThrownBy(() -> CanonicalJson.read("{\"a\":1,\"a\":2}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Duplicate");
  }

  @Test
  void refusesANumberThatWouldFillTheMemory() {
    ObjectNode node = CanonicalJson.object().put("n", new BigDecimal("1e999999999"));

    assertThatThrownBy(() -> CanonicalJson.text(node))
        .hasMessage("a number of more than 400 digits");
  }
}
