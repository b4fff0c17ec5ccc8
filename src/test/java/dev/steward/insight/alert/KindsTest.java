// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.SourceTree;
import dev.steward.domain.resource.AlertRule;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The kinds that a rule may name are those that something finds.
class KindsTest {
  private static final Pattern ID = Pattern.compile("\n *\"([a-z-]+)/\" \\+ ");

  @Test
  void aRuleMayNameExactlyWhatSomethingFinds() {
    Set<String> found = new TreeSet<>(Set.of("threshold"));
    for (String room : Set.of("conduct", "means", "model", "data", "canary", "behaviour")) {
      SourceTree.files("src/main/java/dev/steward/insight/" + room, ".java").stream()
          .map(SourceTree::read)
          .filter(source -> source.contains("implements FindingSource"))
          .forEach(source -> {
            Matcher id = ID.matcher(source);
            while (id.find()) {
              found.add(id.group(1));
            }
          });
    }
    assertThat(AlertRule.KINDS).containsExactlyElementsOf(found);
  }
}
