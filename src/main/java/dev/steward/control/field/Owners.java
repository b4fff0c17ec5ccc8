// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.field;

import dev.steward.control.yaml.Fields;

/// Reads an owner: one person, as far as a name can tell.
public final class Owners {
  private Owners() {}

  public static String read(Fields spec) {
    String owner = spec.text("owner");
    if (owner.contains(",") || owner.contains(";") || owner.strip().contains(" ")) {
      spec.flaw("owner", "'" + Names.shortened(owner) + "' must be one person");
    } else if (Names.teamAlias(owner)) {
      spec.flaw(
          "owner",
          "'"
              + Names.shortened(owner)
              + "' is a team alias; an owner is one person who answers for"
              + " it, so name one (a Person resource)");
    }
    return owner;
  }
}
