// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.field;

import dev.steward.control.yaml.Fields;
import dev.steward.domain.resource.Person.Grant;
import dev.steward.domain.resource.Person.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Roles with their scopes, as a Person declares them.
public final class Grants {
  private Grants() {}

  public static List<Grant> read(Fields spec) {
    List<Grant> grants = new ArrayList<>();
    for (Fields fields : spec.objects("grants")) {
      if (!fields.has("role")) {
        fields.flaw("role", "is missing");
      }
      Role role = fields.choice("role", Role.class, Role.VIEWER);
      grants.add(
          new Grant(
              role,
              fields.flag("content", Grant.of(role).content()),
              scope(fields, "teams"),
              scope(fields, "agents"),
              scope(fields, "environments")));
      fields.close();
    }
    return List.copyOf(grants);
  }

  public static void write(List<Grant> grants, ObjectNode spec) {
    if (grants.isEmpty()) {
      return;
    }
    ArrayNode array = spec.putArray("grants");
    for (Grant grant : grants) {
      ObjectNode node = array.addObject();
      node.put("role", Fields.word(grant.role()));
      if (grant.content() != Grant.of(grant.role()).content()) {
        node.put("content", grant.content());
      }
      Spec.put(node, "teams", List.copyOf(new TreeSet<>(grant.teams())));
      Spec.put(node, "agents", List.copyOf(new TreeSet<>(grant.agents())));
      Spec.put(node, "environments", List.copyOf(new TreeSet<>(grant.environments())));
    }
  }

  private static Set<String> scope(Fields fields, String name) {
    if (fields.has(name) && fields.texts(name).isEmpty()) {
      fields.flaw(name, "is an empty list; leave it out where the role holds everywhere");
    }
    return Set.copyOf(fields.texts(name));
  }
}
