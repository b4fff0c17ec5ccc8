// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.kind;

import dev.steward.control.field.Names;
import dev.steward.control.yaml.Fields;
import dev.steward.domain.resource.Metadata;
import dev.steward.domain.resource.Resource;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// One kind of resource: how its `spec` is read and written.
public interface Kind<R extends Resource> {
  Class<R> type();

  /// The word in `kind:`.
  default String word() {
    return type().getSimpleName();
  }

  /// Why the name may not be, empty when it may.
  default Optional<String> refuseName(String name) {
    return Names.refuse(name);
  }

  /// Whether `spec.owner` names a person.
  default boolean owned() {
    return false;
  }

  R read(Metadata metadata, Fields spec);

  /// Fills the spec so that `read` gives an equal resource; what is default is left out.
  void write(R resource, ObjectNode spec);
}
