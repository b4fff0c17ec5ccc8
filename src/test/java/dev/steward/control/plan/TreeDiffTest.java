// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.json.CanonicalJson;
import java.util.List;
import org.junit.jupiter.api.Test;

class TreeDiffTest {
  @Test
  void itemsAreToldApartByName() {
    assertThat(
            diff(
                "{'tools':[{'name':'a','effect':'read'},{'name':'b'}]}",
                "{'tools':[{'name':'c'},{'name':'a','effect':'write'}]}"))
        .containsExactly(
            new FieldDiff("tools[a].effect", "read", "write"),
            new FieldDiff("tools[b]", "{\"name\":\"b\"}", ""),
            new FieldDiff("tools[c]", "", "{\"name\":\"c\"}"));
  }

  @Test
  void aChangedSchemaNamesTheField() {
    assertThat(
            diff(
                "{'inputSchema':{'properties':{'amount':{'type':'number'}}}}",
                "{'inputSchema':{'properties':{'amount':{'type':'string'}}}}"))
        .containsExactly(new FieldDiff("inputSchema.properties.amount.type", "number", "string"));
  }

  @Test
  void anotherOrderOfNamedItemsIsADifference() {
    assertThat(diff("{'x':['a','b']}", "{'x':['b','a']}"))
        .containsExactly(new FieldDiff("x", "a, b", "b, a"));
  }

  @Test
  void whatIsNewIsShownFieldByField() {
    assertThat(diff("{}", "{'prompts':{'system':{'text':'Hello.'}}}"))
        .containsExactly(new FieldDiff("prompts.system.text", "", "Hello."));
  }

  @Test
  void theSameHasNoDifference() {
    assertThat(diff("{'a':[1,{'b':null}]}", "{'a':[1,{'b':null}]}")).isEmpty();
  }

  @Test
  void longTextsAreComparedWithoutTheTable() {
    String many = "line\n".repeat(3000);

    assertThat(new FieldDiff("p", many, "line").lines()).hasSize(3001);
    assertThat(new FieldDiff("p", "a\nb\nc", "a\nx\nc").lines())
        .containsExactly("  a", "- b", "+ x", "  c");
  }

  private static List<FieldDiff> diff(String before, String after) {
    return TreeDiff.of(
        CanonicalJson.read(before.replace('\'', '"')),
        CanonicalJson.read(after.replace('\'', '"')));
  }
}
