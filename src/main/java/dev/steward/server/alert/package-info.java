// SPDX-License-Identifier: Apache-2.0
/// Alerts over the API and on the command line.
///
/// In: requests. Out: alerts that the caller may see, how they stand and what comes next; commands
/// to control. What fires it does not know.
@NullMarked
package dev.steward.server.alert;

import org.jspecify.annotations.NullMarked;
