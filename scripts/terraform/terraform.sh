#!/bin/sh
# Runs Terraform for cdktf (TERRAFORM_BINARY_NAME), and lets it finish what it began.
#
# When cdktf is interrupted or killed it ends immediately, and the hang-up of its terminal would end Terraform too.
# Resources made until then would be in no state, and the state would stay locked. An interrupt would leave a resource
# half made. In a session of its own, Terraform receives neither signal.
trap '' HUP
trap : INT
# No --wait, which BusyBox does not know. setsid forks only when it leads a process group, and a child of this shell
# does not.
session=$(command -v setsid)

# npm run deploy sets DEPLOY_PLAN_FILE: apply the plan that was reviewed.
if [ "$1" = apply ] && [ -n "${DEPLOY_PLAN_FILE:-}" ]; then
  $session terraform apply -input=false "$DEPLOY_PLAN_FILE"
else
  $session terraform "$@"
fi
status=$?
# cdktf drops output that its terminal still holds when this process ends. That output would be the error.
[ "$status" = 0 ] || sleep 1
exit "$status"
