// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.consent;

import dev.steward.control.approval.Approval;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Says whether a call that waits could be made with other arguments than the agent's.
public interface EditCheck {
  /// Nothing is known against any arguments.
  EditCheck NONE = (_, _) -> Optional.empty();

  /// What is wrong with them and what to do about it, empty when the call could be made.
  Optional<String> refusal(Approval approval, ObjectNode arguments);
}
