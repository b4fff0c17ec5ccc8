// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.cli;

import picocli.CommandLine.Command;

/// `steward`: says what it can do.
@Command(
    name = "steward",
    mixinStandardHelpOptions = true,
    version = "steward 0.1.0",
    description = "The operations layer for AI agents.",
    synopsisSubcommandLabel = "COMMAND")
public final class RootCommand {}
