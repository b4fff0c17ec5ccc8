// SPDX-License-Identifier: Apache-2.0
/// Baselines of agents' runs and the alarms of drift from them, over the API and on the command
/// line.
@NullMarked
package dev.steward.server.drift;

import org.jspecify.annotations.NullMarked;
