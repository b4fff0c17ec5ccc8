// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.resource;

/// Something an operator declares in YAML and Steward keeps as ledger events.
public sealed interface Resource
    permits Agent,
        ToolServer,
        ModelProvider,
        DataSource,
        Price,
        Person,
        Policy,
        Budget,
        Channel,
        Gate,
        AlertRule {
  Metadata metadata();

  /// The word in `kind:`.
  default String kind() {
    return getClass().getSimpleName();
  }

  default String name() {
    return metadata().name();
  }
}
