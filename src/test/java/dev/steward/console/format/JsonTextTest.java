// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonTextTest {
  @Test
  void numbersAndStringsStayAsTheyWereWritten() {
    assertThat(
            JsonText.laidOut(
                "{\"a\":740.00,\"b\":1e3,\"c\":12345678901234567890,\"d\":\"\\u00e9\"}"))
        .isEqualTo("{\"a\": 740.00, \"b\": 1e3, \"c\": 12345678901234567890, \"d\": \"\\u00e9\"}");
  }

  @Test
  void whatDoesNotFitOnALineIsBroken() {
    String name = "\"" + "x".repeat(60) + "\"";
    assertThat(JsonText.laidOut("{\"name\":" + name + ",\"list\":[1,2],\"none\":{}}"))
        .isEqualTo("{\n  \"name\": " + name + ",\n  \"list\": [1, 2],\n  \"none\": {}\n}");
  }

  @Test
  void whatIsNoJsonStaysAsItIs() {
    for (String text :
        new String[] {"", "{", "{\"a\":1", "hello", "[1,]", "{\"a\" 1}", "1 2", "\"a"}) {
      assertThat(JsonText.laidOut(text)).isEqualTo(text);
      assertThat(JsonText.isJson(text)).isFalse();
    }
  }

  @Test
  void nestingWithoutEndIsNotFollowed() {
    String deep = "[".repeat(100_000);
    assertThat(JsonText.laidOut(deep)).isEqualTo(deep);
  }

  @Test
  void bracketsInStringsAreText() {
    assertThat(JsonText.laidOut("[\"}{\\\"][\"]")).isEqualTo("[\"}{\\\"][\"]");
  }
}
