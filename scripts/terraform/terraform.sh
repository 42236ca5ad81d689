#!/bin/sh
# Runs Terraform for cdktf (TERRAFORM_BINARY_NAME) in a separate session, so that Terraform finishes when cdktf is killed.
#
# When cdktf is interrupted or killed, it ends immediately, and its terminal hangs up. The hang-up would end Terraform too:
# resources created until then would be missing from the state, and the state would stay locked. An interrupt would leave a
# resource half created. In a separate session, Terraform receives neither signal.
#
# WRAPPED_TERRAFORM names the program, for example tofu. The default is terraform.
trap '' HUP
trap : INT
# setsid waits for Terraform without the option --wait, which BusyBox does not have. setsid would return early only as the leader of
# a process group, and a child of this shell is not a leader.
session=$(command -v setsid)
program=${WRAPPED_TERRAFORM:-terraform}

# npm run deploy names the plan to apply in DEPLOY_PLAN_FILE.
if [ "$1" = apply ] && [ -n "${DEPLOY_PLAN_FILE:-}" ]; then
  $session "$program" apply -input=false "$DEPLOY_PLAN_FILE"
else
  $session "$program" "$@"
fi
status=$?
# Waits a second after a failure. When this process ends, cdktf loses the output that is still in the buffer of its terminal, and
# this output contains the error.
[ "$status" = 0 ] || sleep 1
exit "$status"
