// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.command;

import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.control.event.Event;

/// What is decided about secrets: that somebody may change one, and that it is on record.
final class Secrets {
  private final Matter matter;

  Secrets(Matter matter) {
    this.matter = matter;
  }

  void set(Command.SetSecret set) {
    matter.need(Permission.OPERATE, Target.SERVER);
    matter.checkName("secret", set.name());
    matter.decided().add(new Event.SecretSet(set.name()));
  }

  void delete(Command.DeleteSecret delete) {
    matter.need(Permission.OPERATE, Target.SERVER);
    matter.checkName("secret", delete.name());
    matter.decided().add(new Event.SecretDeleted(delete.name()));
  }
}
