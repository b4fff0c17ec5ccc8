// SPDX-License-Identifier: Apache-2.0
/// The sections of the configuration: one record each, with its defaults and checks.
@NullMarked
package dev.steward.server.section;

import org.jspecify.annotations.NullMarked;
