// SPDX-License-Identifier: Apache-2.0
/// What is declared and permitted: resources and agents, keys and tokens, holds.
@NullMarked
package dev.steward.server.registry;

import org.jspecify.annotations.NullMarked;
