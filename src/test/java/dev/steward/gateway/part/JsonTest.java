// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.part;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// Edits leave every other byte as it came.
class JsonTest {
  @Test
  void writesWhatIsNotEditedAsItCame() {
    String odd = " { \"a\" : [ 1.50 , \"\\u003d\" ,null ] , \"ü\" : { } }\n";
    Json json = read(odd);
    assertThat(json.raw()).isEqualTo(odd.strip());
    json.at("a").items().getFirst().write("2");
    assertThat(written(json)).isEqualTo("{ \"a\" : [ 2 , \"\\u003d\" ,null ] , \"ü\" : { } }");
  }

  @Test
  void takesItemsOutWithTheirComma() {
    for (int gone = 0; gone < 8; gone++) {
      Json json = read("{\"a\":[ {\"x\":1}, {\"x\":2} ,{\"x\":3} ]}");
      StringBuilder left = new StringBuilder();
      for (int i = 0; i < 3; i++) {
        if ((gone >> i & 1) == 1) {
          json.at("a").items().get(i).remove();
        } else {
          left.append(i + 1);
        }
      }
      Json again = read(written(json));
      StringBuilder found = new StringBuilder();
      again.at("a").items().forEach(item -> found.append(item.at("x").whole(0)));
      assertThat(found).hasToString(left.toString());
    }
  }

  @Test
  void takesMembersOutAndSetsOthers() {
    Json json = read("{\"a\":1, \"b\":null , \"c\":\"x\"}");
    json.at("a").remove();
    json.set("b", "true");
    json.set("d", "[]");
    assertThat(written(json)).isEqualTo("{\"b\":true , \"c\":\"x\",\"d\":[]}");
    Json empty = read("{ }");
    empty.set("a", "1");
    assertThat(read(written(empty)).at("a").whole(0)).isEqualTo(1);
    Json all = read("{\"a\":1}");
    all.at("a").remove();
    assertThat(written(all)).isEqualTo("{}");
    all.set("a", "2");
    assertThat(written(all)).isEqualTo("{\"a\":2}");
  }

  @Test
  void countsBytesAndNotCharacters() {
    Json json = read("{\"ключ\":\"значение\",\"b\":[\"😀\",7]}");
    json.at("b").items().get(1).write("8");
    assertThat(written(json)).isEqualTo("{\"ключ\":\"значение\",\"b\":[\"😀\",8]}");
    assertThat(json.at("ключ").text()).isEqualTo("значение");
  }

  @Test
  void isAbsentWhereThereIsNothing() {
    Json json = read("{\"a\":null}");
    assertThat(json.at("b").at("c").present()).isFalse();
    assertThat(json.at("a").present()).isTrue();
    assertThat(json.at("a").said()).isFalse();
    assertThat(Json.read("{".getBytes(StandardCharsets.UTF_8))).isEmpty();
    assertThat(Json.read(new byte[0])).isEmpty();
    assertThat(Json.read("{} {}".getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  private static Json read(String json) {
    return Json.read(json.getBytes(StandardCharsets.UTF_8)).orElseThrow();
  }

  private static String written(Json json) {
    return new String(json.bytes(), StandardCharsets.UTF_8);
  }
}
