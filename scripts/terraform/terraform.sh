#!/bin/sh
# Runs Terraform for cdktf (TERRAFORM_BINARY_NAME) in a separate session, so that Terraform finishes when cdktf is killed.
#
# When cdktf is interrupted or killed, it ends immediately, and its terminal hangs up. The hang-up would end Terraform too:
# resources created until then would be missing from the state, and the state would stay locked. An interrupt would leave a
# resource half created. In a separate session, Terraform receives neither signal.
trap '' HUP
trap : INT
# setsid must wait for Terraform. The option --wait is not needed, and BusyBox does not have it: setsid returns early only when
# it leads a process group, and a child of this shell leads none.
session=$(command -v setsid)

# npm run deploy names the plan to apply in DEPLOY_PLAN_FILE.
if [ "$1" = apply ] && [ -n "${DEPLOY_PLAN_FILE:-}" ]; then
  $session terraform apply -input=false "$DEPLOY_PLAN_FILE"
else
  $session terraform "$@"
fi
status=$?
# cdktf loses output that is still in its terminal's buffer when this process ends. After a failure, the lost
# output would be the error.
[ "$status" = 0 ] || sleep 1
exit "$status"
