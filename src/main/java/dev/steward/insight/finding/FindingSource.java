// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.finding;

import java.util.List;

/// Somebody who looks for one kind of trouble.
@FunctionalInterface
public interface FindingSource {
  /// What it finds, in any order.
  List<Finding> look(Lately lately);
}
