#!/bin/sh
# A Terraform for cdktf (TERRAFORM_BINARY_NAME) that brings to an end what it has begun. cdktf ends at once when it is
# interrupted or killed, and would take Terraform with it, by the hang-up of its terminal: what was made until then would be
# in no state, and the state locked for good. An interrupt would end what is being made half-way, which a later run has
# to replace: with a session of its own Terraform hears of neither.
trap '' HUP
trap : INT
# Without --wait, which BusyBox does not know: setsid goes on as another process only where it leads a process group, and a
# child of this shell leads none.
session=$(command -v setsid)

# npm run deploy: apply takes the plan that was made, and reviewed.
if [ "$1" = apply ] && [ -n "${DEPLOY_PLAN_FILE:-}" ]; then
  $session terraform apply -input=false "$DEPLOY_PLAN_FILE"
else
  $session terraform "$@"
fi
status=$?
# cdktf drops what a terminal still holds when its process ends, which would be the error.
[ "$status" = 0 ] || sleep 1
exit "$status"
