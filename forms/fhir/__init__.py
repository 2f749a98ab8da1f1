"""FHIR R4B out: a form as a Questionnaire, a visit as a QuestionnaireResponse, as plain JSON.

They follow http://hl7.org/fhir/R4B/questionnaire.html and questionnaireresponse.html.
"""

from __future__ import annotations

from forms.fhir.questionnaire import questionnaire
from forms.fhir.response import VisitFacts, response

__all__ = ["VisitFacts", "questionnaire", "response"]
