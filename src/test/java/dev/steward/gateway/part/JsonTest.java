// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
  void takesALargeValueApartWhereItIsAskedFor() {
    String words = "\"" + "слово ".repeat(30_000) + "\"";
    String small = "{ \"b\":[1, 2 ,{\"c\":\"ü\"}] }";
    String form = "{ \"pad\": %s ,\"deep\":{\"a\":[ %s , %s,%s],\"z\":1}, \"e\":{ }, \"f\":[7] }";
    Json json = read(form.formatted(words, small, words, small));
    assertThat(json.length()).isGreaterThan(600_000);

    assertThat(json.names()).containsExactly("pad", "deep", "e", "f");
    Json items = json.at("deep").at("a");
    assertThat(items.items()).hasSize(3);
    assertThat(items.items().get(1).text()).hasSize(180_000);
    Json last = items.items().get(2).at("b").items().get(2);
    assertThat(last.at("c").text()).isEqualTo("ü");
    last.at("c").write("\"x\"");
    items.items().get(1).write("0");
    json.at("e").set("n", "1");
    json.at("f").add("8");

    assertThat(written(json))
        .isEqualTo(
            form.formatted(words, small, "0", small.replace("ü", "x"))
                .replace("{ }", "{\"n\":1 }")
                .replace("[7]", "[7,8]"));
  }

  @Test
  void takesOutWhatIsLarge() {
    String words = "\"" + "w".repeat(300_000) + "\"";
    Json json = read("{\"a\":%s,\"b\":{\"c\":1},\"d\":[%s]}".formatted(words, words));
    json.removeLarger(100);
    assertThat(written(json)).isEqualTo("{\"b\":{\"c\":1}}");
  }

  @Test
  void looksAtNoValueOfTooManyParts() {
    Json json = read("{\"a\":[" + "0,".repeat(1 << 20) + "0],\"b\":1}");
    assertThat(json.at("b").whole(0)).isEqualTo(1);
    assertThatThrownBy(() -> json.at("a").items())
        .isInstanceOf(UnreadableException.class)
        .hasMessageContaining("1048576");
  }

  @Test
  void whatIsLargeAndBreaksOffIsNone() {
    String whole = "{\"a\":[\"" + "w".repeat(300_000) + "\",{\"b\":[1]}]}";
    assertThat(Json.read(bytes(whole))).isPresent();
    for (int cut = 1; cut < 12; cut++) {
      assertThat(Json.read(bytes(whole.substring(0, whole.length() - cut)))).isEmpty();
    }
    assertThat(Json.read(bytes(whole + "}"))).isEmpty();
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

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
