// SPDX-License-Identifier: Apache-2.0
/// What people and programs say of runs through the API: how they ended, and what was good or bad.
@NullMarked
package dev.steward.server.judgement;

import org.jspecify.annotations.NullMarked;
