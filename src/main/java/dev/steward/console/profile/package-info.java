// SPDX-License-Identifier: Apache-2.0
/// What is known of one agent, read at one moment: what it is made of, what it reaches, who may do
/// what to it, and the manifest that would register it.
@NullMarked
package dev.steward.console.profile;

import org.jspecify.annotations.NullMarked;
