// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.console.format.JsonRows.Row;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonRowsTest {
  private static List<Row> rows(String json) {
    return JsonRows.of(json, 20);
  }

  @Test
  void nestedNamesAreJoinedAndNumbersStayAsTheyWereWritten() {
    assertThat(rows("{\"total\":740.00,\"return\":{\"id\":\"R-1\",\"open\":true},\"tags\":[1,2]}"))
        .containsExactly(
            new Row("total", "740.00"),
            new Row("return.id", "R-1"),
            new Row("return.open", "true"),
            new Row("tags", "1, 2"));
  }

  @Test
  void eachObjectOfAListIsARow() {
    assertThat(
            rows("{\"flights\":[{\"no\":\"HAT1\",\"price\":67},{\"no\":\"HAT2\",\"price\":78}]}"))
        .containsExactly(
            new Row("flights 1", "no HAT1 · price 67"), new Row("flights 2", "no HAT2 · price 78"));
  }

  @Test
  void aDocumentIsItsTextUnderItsNameAndScore() {
    assertThat(rows("[{\"id\":\"handbook#14\",\"score\":0.83,\"text\":\"Pipes are covered.\"}]"))
        .containsExactly(new Row("1. handbook#14, score 0.83", "Pipes are covered."));
  }

  @Test
  void whatPythonPrintsIsReadToo() {
    assertThat(rows("{'name': 'Emma', 'note': 'it\\'s', 'vip': True, 'card': None}"))
        .containsExactly(
            new Row("name", "Emma"),
            new Row("note", "it's"),
            new Row("vip", "True"),
            new Row("card", "None"));
  }

  @Test
  void whatHasNoNamesHasNoRows() {
    for (String text : new String[] {"plain words", "[1,2,3]", "{}", "[]", "\"text\"", "{broken"}) {
      assertThat(rows(text)).as(text).isEmpty();
    }
  }

  @Test
  void noMoreRowsThanOneOverTheLimitAreMade() {
    StringBuilder many = new StringBuilder("[");
    for (int i = 0; i < 1000; i++) {
      many.append(i == 0 ? "" : ",").append("{\"i\":").append(i).append('}');
    }
    assertThat(JsonRows.of(many.append(']').toString(), 16)).hasSize(17);
  }
}
