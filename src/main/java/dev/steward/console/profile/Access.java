// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.profile;

import dev.steward.control.access.Authority;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.control.state.ApiToken;
import dev.steward.domain.resource.Person;
import dev.steward.domain.resource.Person.Grant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Who may do what to an agent: the grants of people and tokens that reach it, by environment.
public final class Access {
  private static final Map<Permission, String> WORDS = words();

  private final AgentFacts facts;

  public Access(AgentFacts facts) {
    this.facts = facts;
  }

  public List<AccessRow> rows() {
    List<AccessRow> rows = new ArrayList<>();
    for (Person person : facts.state().all(Person.class)) {
      String name = person.displayName().isBlank() ? person.name() : person.displayName();
      add(rows, name, person.grants());
    }
    for (ApiToken token : facts.state().apiTokens()) {
      if (token.active(facts.at())) {
        add(rows, "Token " + token.purpose(), token.grants());
      }
    }
    return rows;
  }

  private void add(List<AccessRow> rows, String who, List<Grant> grants) {
    Authority authority = new Authority(grants);
    Set<String> environments = new TreeSet<>(facts.environments());
    environments.add("development");
    grants.forEach(grant -> environments.addAll(grant.environments()));
    Map<String, List<String>> where = new LinkedHashMap<>();
    String anywhere = may(authority, facts.target(""));
    for (String environment : environments) {
      String may = may(authority, facts.target(environment));
      if (!may.isEmpty()) {
        where.computeIfAbsent(may, _ -> new ArrayList<>()).add(environment);
      }
    }
    where.forEach((may, places) ->
        rows.add(
            new AccessRow(
                who,
                roles(grants),
                may,
                may.equals(anywhere) ? "everywhere" : String.join(", ", places))));
  }

  private String roles(List<Grant> grants) {
    Set<String> roles = new TreeSet<>();
    for (Grant grant : grants) {
      boolean reaches =
          (grant.teams().isEmpty() || grant.teams().contains(facts.team()))
              && (grant.agents().isEmpty() || grant.agents().contains(facts.name()));
      if (reaches) {
        roles.add(grant.role().name().toLowerCase(Locale.ROOT));
      }
    }
    return String.join(", ", roles);
  }

  private static String may(Authority authority, Target target) {
    List<String> words = new ArrayList<>();
    WORDS.forEach((permission, word) -> {
      if (authority.may(permission, target)) {
        words.add(word);
      }
    });
    return String.join(", ", words);
  }

  private static Map<Permission, String> words() {
    Map<Permission, String> words = new LinkedHashMap<>();
    words.put(Permission.READ, "see");
    words.put(Permission.READ_CONTENT, "read what was said");
    words.put(Permission.DECLARE, "change");
    words.put(Permission.ISSUE_KEYS, "issue and revoke keys");
    words.put(Permission.RECORD_OUTCOME, "record outcomes");
    words.put(Permission.DEPLOY, "deploy");
    words.put(Permission.STOP, "stop");
    words.put(Permission.OPERATE, "operate");
    words.put(Permission.APPROVE, "approve");
    return words;
  }
}
