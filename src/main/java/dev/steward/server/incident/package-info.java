// SPDX-License-Identifier: Apache-2.0
/// Incidents over the API and on the command line.
@NullMarked
package dev.steward.server.incident;

import org.jspecify.annotations.NullMarked;
