// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.widening;

import dev.steward.control.access.Authority;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Scopes;
import dev.steward.control.access.Target;
import dev.steward.domain.resource.Person;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Compares what a person may with what it was: whether they may decide on more of what agents do
/// and spend. Who sees more changes nothing of that.
final class PersonWidening {
  private static final List<Permission> OVER_AGENTS =
      List.of(
          Permission.DECLARE,
          Permission.ISSUE_KEYS,
          Permission.DEPLOY,
          Permission.OPERATE,
          Permission.APPROVE);

  private static final List<Permission> OVER_PEOPLE =
      List.of(Permission.MANAGE_PEOPLE, Permission.MANAGE_TOKENS);

  private final Words words;

  PersonWidening(Words words) {
    this.words = words;
  }

  /// @param before empty where they are new
  void look(Optional<Person> before, Person after, Place place) {
    Authority was = before.map(person -> new Authority(person.grants())).orElse(Authority.NONE);
    Authority is = new Authority(after.grants());
    // The ledger keeps people by their ids, for ever; whoever is new has none yet.
    String who = before.map(Person::id).orElse("a new person");
    Target target =
        Target.agent(place.agent().name(), Scopes.team(place.agent()), place.environment());
    for (Permission permission : OVER_AGENTS) {
      look(who, permission, was.may(permission, target), is.may(permission, target), place);
    }
    for (Permission permission : OVER_PEOPLE) {
      boolean could = was.may(permission, Target.SERVER);
      look(who, permission, could, is.may(permission, Target.SERVER), place);
    }
  }

  private void look(String who, Permission permission, boolean was, boolean is, Place place) {
    String may = who + " %s " + word(permission) + " for " + place;
    if (is && !was) {
      words.widens(may.formatted("may newly"));
    } else if (was && !is) {
      words.narrows(may.formatted("may no longer"));
    }
  }

  private static String word(Permission permission) {
    return permission.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
