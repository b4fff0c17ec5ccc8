// SPDX-License-Identifier: Apache-2.0
/// Settings: people, keys, tokens, providers, what is in force, holds, appearance.
@NullMarked
package dev.steward.console.settings;

import org.jspecify.annotations.NullMarked;
