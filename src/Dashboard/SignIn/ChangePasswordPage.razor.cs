using Dashboard.Core.Operators;
using Dashboard.Core.Operators.Passwords;
using Microsoft.AspNetCore.Components;

namespace Dashboard.SignIn;

/// <summary>A new password of one's own. Forced where somebody else chose the old one.</summary>
public sealed partial class ChangePasswordPage(PasswordChange change, OperatorDirectory operators)
{
    private bool _isDone;
    private string? _error;
    private string? _newPasswordError;
    private string? _repeatedError;

    [CascadingParameter]
    public HttpContext HttpContext { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "change-password")]
    public ChangePasswordForm? Form { get; set; }

    private string? UserName => HttpContext.User.Identity?.Name;

    private bool MustChange =>
        CurrentSession.Of(HttpContext) is { } session && operators.Find(session.OperatorId) is { MustChangePassword: true };

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
                _isDone = true;
                HttpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
                HttpContext.Response.Headers.Location = ReturnUrl.Home;
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
                Refuse(
                    StatusCodes.Status429TooManyRequests,
                    WaitText.TryAgain(HttpContext, TimeSpan.FromSeconds(5), "Too many passwords are being checked."));
                break;
            case PasswordChangeOutcome.Throttled { Wait: var wait }:
                Refuse(
                    StatusCodes.Status429TooManyRequests,
                    WaitText.TryAgain(HttpContext, wait, "The current password was wrong too often."));
                break;
            case null:
                Refuse(
                    StatusCodes.Status400BadRequest,
                    "The browser did not send what the session is bound to. Allow JavaScript and stored data for this site, "
                    + "then try again.");
                break;
        }
    }

    private void Refuse(int status, string? error = null)
    {
        HttpContext.Response.StatusCode = status;
        _error = error;
    }
}
