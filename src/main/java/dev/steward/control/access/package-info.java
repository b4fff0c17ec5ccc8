// SPDX-License-Identifier: Apache-2.0
/// Who wants something, and whether they may: actors, roles with scopes, permissions, secrets.
@NullMarked
package dev.steward.control.access;

import org.jspecify.annotations.NullMarked;
