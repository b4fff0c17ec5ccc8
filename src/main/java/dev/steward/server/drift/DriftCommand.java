// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.drift;

import picocli.CommandLine.Command;

/// What about agents' runs is no longer as in their baselines.
@Command(
    name = "drift",
    description = "What about agents' runs is no longer as in their baselines.",
    subcommands = CloseDriftCommand.class)
public final class DriftCommand {}
