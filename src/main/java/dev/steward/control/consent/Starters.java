// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.consent;

import dev.steward.control.state.State;
import dev.steward.domain.resource.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Finds the people whom an agent means by the user that it names.
public final class Starters {
  private Starters() {}

  /// Those whose id, name or address it is, whatever its case. What stands behind a `+` in an
  /// address is not looked at, since such addresses are the same person's.
  public static List<Person> meant(State state, String said) {
    String wanted = bare(said);
    List<Person> found = new ArrayList<>();
    for (Person person : state.all(Person.class)) {
      if (!wanted.isEmpty()
          && (wanted.equals(bare(person.id()))
              || wanted.equals(bare(person.name()))
              || wanted.equals(bare(person.email())))) {
        found.add(person);
      }
    }
    return found;
  }

  private static String bare(String said) {
    String text = said.strip().toLowerCase(Locale.ROOT);
    text = text.startsWith("mailto:") ? text.substring("mailto:".length()) : text;
    int at = text.lastIndexOf('@');
    int plus = text.indexOf('+');
    return plus > 0 && plus < at ? text.substring(0, plus) + text.substring(at) : text;
  }
}
