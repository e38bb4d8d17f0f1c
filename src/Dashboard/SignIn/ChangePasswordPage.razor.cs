using Dashboard.Core.Operators;
using Dashboard.Core.Operators.Passwords;
using Microsoft.AspNetCore.Components;

namespace Dashboard.SignIn;

/// <summary>A new password of one's own. Forced where somebody else chose the old one.</summary>
public sealed partial class ChangePasswordPage(PasswordChange change, OperatorDirectory operators) : FormPage
{
    private string? _newPasswordError;
    private string? _repeatedError;

    [SupplyParameterFromForm(FormName = "change-password")]
    public ChangePasswordForm? Form { get; set; }

    [SupplyParameterFromQuery]
    public string? ReturnUrl { get; set; }

    private string? UserName => HttpContext.User.Identity?.Name;

    private bool MustChange =>
        CurrentSession.Of(HttpContext) is { } session && operators.Find(session.OperatorId) is { MustChangePassword: true };

    private int ShortestPassword =>
        CurrentSession.Of(HttpContext) is { } session && operators.Find(session.OperatorId) is { SecondFactors.Any: true }
            ? PasswordRules.MinimumLength
            : PasswordRules.MinimumLengthAlone;

    private async Task ChangeAsync()
    {
        var form = Form ?? new ChangePasswordForm();
        if (form.NewPassword != form.RepeatedPassword)
        {
            Refuse(StatusCodes.Status422UnprocessableEntity);
            _repeatedError = "The two new passwords differ.";
            return;
        }

        switch (await change.ChangeAsync(HttpContext, form))
        {
            case PasswordChangeOutcome.Changed:
                GoTo(SignIn.ReturnUrl.Local(ReturnUrl));
                break;
            case PasswordChangeOutcome.Unfit { Fault: var fault }:
                Refuse(StatusCodes.Status422UnprocessableEntity);
                _newPasswordError = PasswordRules.Describe(fault);
                break;
            case PasswordChangeOutcome.Unchanged:
                Refuse(StatusCodes.Status422UnprocessableEntity);
                _newPasswordError = "The new password is the current one.";
                break;
            case PasswordChangeOutcome.WrongPassword:
                Refuse(StatusCodes.Status401Unauthorized, "The current password is wrong.");
                break;
            case PasswordChangeOutcome.Busy:
                RefuseFor(OperatorLogin.BusyWait, "Too many passwords are being checked.");
                break;
            case PasswordChangeOutcome.Throttled { Wait: var wait }:
                RefuseFor(wait, "The current password was wrong too often.");
                break;
            case null:
                Refuse(StatusCodes.Status400BadRequest, BrowserLogin.NotBoundText);
                break;
        }
    }
}
