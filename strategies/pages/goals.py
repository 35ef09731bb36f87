"""The steps of the first stage: what the business wants, what this strategy promises, and how it is judged."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from brands.models import Channel
from metrics.kpi import GOAL_TYPES
from strategies import goal_words, known_figures, metric_names
from strategies.examples import EXAMPLES, Example, example_at
from strategies.forms.goals import GoalForm, MainTargetForm, ObjectiveForm, TargetForm
from strategies.forms.rows import RowForm
from strategies.goal_advice import advice, guard_metric, usual_metrics
from strategies.goal_fixes import Facts, advise
from strategies.models import Goal, Target
from strategies.pages.analysis import window_url
from strategies.pages.base import chosen_number
from strategies.pages.rows import RowsPage
from strategies.pages.today import USE_KNOWN, TodayFromFigures
from strategies.smart import Draft
from strategies.take_over import begin_with
from strategies.undo import remember

MOST_GOALS = 20
MOST_TARGETS = 20


class BusinessGoalsPage(RowsPage):
    template = "strategies/steps/business_goals.html"
    related = "objectives"
    form_class = ObjectiveForm


class GoalPage(TodayFromFigures):
    """One goal at a time, with the figure it is judged by first."""

    template = "strategies/steps/goals.html"
    live_parts = {
        "goal-live": "strategies/steps/_goal_live.html",
        "goal-letters": "strategies/steps/_goal_letters.html",
        "goal-hints": "strategies/steps/_goal_hints.html",
    }

    @cached_property
    def goals(self) -> list[Goal]:
        goals = list(self.strategy.goals.select_related("objective").prefetch_related("targets__channels__platform"))
        for goal in goals:
            goal.strategy = self.strategy
            goal.smart = goal_words.judge_goal(goal)
        return goals

    @cached_property
    def goal(self) -> Goal:
        """The goal of the address or the form; the first one where none is named; a new one where there is none."""
        named = self.request.POST.get("item") or self.request.GET.get("goal") or ""
        number = chosen_number(named)
        if number is not None:
            found = next((goal for goal in self.goals if goal.pk == number), None)
            if found is None:
                raise Http404
            return found
        if named == "new" or not self.goals:
            return self._new_goal()
        return self.goals[0]

    def _new_goal(self) -> Goal:
        goal = Goal(strategy=self.strategy, deadline=self.strategy.end, position=len(self.goals))
        if self.example:
            goal.goal_type, goal.text = self.example.goal_type, str(self.example.text)
            goal.deadline = self.example.deadline(self.strategy.start, self.strategy.end)
        return goal

    @cached_property
    def example(self) -> Example | None:
        return example_at(self.request.GET.get("example"))

    @cached_property
    def target(self) -> Target:
        main = goal_words.main_target(self.goal)
        if main is not None:
            main.goal = self.goal
            return main
        target = Target(goal=self.goal)
        if self.example and self.goal.pk is None:
            target.metric, target.window = self.example.metric, self.example.window
            target.baseline, target.value = self.example.baseline, self.example.value
        return target

    def build(self, typed: QueryDict | None) -> dict[str, RowForm]:
        objectives = [objective for objective in self.strategy.objectives.all() if objective.text]
        initial = self._example_channels() if typed is None else None
        forms: dict[str, RowForm] = {
            "goal": GoalForm(typed, instance=self.goal, prefix="goal", objectives=objectives, own_name=self.own_name),
            "target": MainTargetForm(
                typed, instance=self.target, prefix="target", strategy=self.strategy, channels=self.people.channels,
                initial=initial,
            ),
        }  # fmt: skip
        return forms

    def _example_channels(self) -> dict[str, Any] | None:
        if not self.example or self.target.pk:
            return None
        fitting = self._channels_for(self.example)
        return {"channels": [channel.pk for channel in fitting]} if fitting else None

    def _channels_for(self, example: Example) -> list[Channel]:
        return [channel for channel in self.people.channels if channel.platform.slug == example.platform]

    def save(self) -> bool:
        self.went_well = self._save_touched()
        return self.went_well

    def _save_touched(self) -> bool:
        goal_form, target_form = self.forms["goal"], self.forms["target"]
        touched = goal_form.touched or target_form.touched
        if not touched:
            return True
        if self.goal.pk is None and len(self.goals) >= MOST_GOALS:
            goal_form.add_error(None, _("Twenty goals are the most; two to five are enough."))
            return False
        went_well = self._save_goal(goal_form)
        if self.goal.pk is not None and target_form.touched:
            went_well = self._save_target(target_form) and went_well
        elif target_form.touched:
            target_form.is_valid()
        if self.saved:
            self._name_goal()
        return went_well

    def _save_goal(self, form: RowForm) -> bool:
        if not form.touched and self.goal.pk is not None:
            return True
        return self._save_form("goal", form)

    def _save_target(self, form: RowForm) -> bool:
        form.instance.goal = self.goal
        if not form.is_valid():
            return False
        if not form.cleaned_data["metric"]:
            return True
        return self._save_form("target", form)

    @cached_property
    def own_name(self) -> str:
        """What the app would call the goal as it is stored."""
        return self._name_for(self.goal) if self.goal.pk else ""

    def _name_for(self, goal: Goal) -> str:
        target = goal_words.main_target(goal)
        return goal_words.short_name(target, goal_words.place_name(target), self.brand.currency)[:200]

    def _name_goal(self) -> None:
        """Name a goal that nobody named; a name that the app wrote follows the figures."""
        stored = Goal.objects.prefetch_related("targets__channels__platform").get(pk=self.goal.pk)
        if stored.text in ("", self.own_name) and (name := self._name_for(stored)):
            Goal.objects.filter(pk=stored.pk).update(text=name)

    def prefix_of(self, row: Any) -> str:
        return "target" if isinstance(row, Target) else "goal"

    def fresh_states(self):
        self._forget()
        return super().fresh_states()

    def _forget(self) -> None:
        number = self.goal.pk
        for name in ("goals", "goal", "target", "own_name"):
            self.__dict__.pop(name, None)
        if number is not None:
            self.goal = next(goal for goal in self.goals if goal.pk == number)

    def here(self) -> str:
        return f"?goal={self.goal.pk}" if self.goal.pk else "?goal=new"

    def remove(self, number: str) -> None:
        goal = self.strategy.goals.filter(pk=chosen_number(number)).first()
        if goal is not None:
            remember(self.request, self.strategy, [goal, *goal.targets.all()], str(goal))
            goal.delete()
            self.acted = True
            self.__dict__.pop("goals", None)

    def act(self, action: str) -> str | None:
        """`example-<number>`: begin a goal with one of the examples, once what was typed is saved."""
        example = example_at(action.removeprefix("example-")) if action.startswith("example-") else None
        if example is None or not self.went_well:
            return None
        if self.strategy.goals.count() >= MOST_GOALS:
            messages.warning(self.request, _("Twenty goals are the most; two to five are enough."))
            return None
        goal = begin_with(self.strategy, example, self._channels_for(example))
        self.acted = True
        return f"?goal={goal.pk}"

    def _draft(self):
        """The goal as it is being written, whether it can be saved yet or not."""
        goal_form, target_form = self.forms["goal"], self.forms["target"]
        if goal_form.is_bound:
            goal_form.is_valid()
            target_form.is_valid()
            chosen = target_form.cleaned_data.get("channels", [])
            has_place = bool(chosen) or bool(target_form.cleaned_data.get("everywhere"))
        else:
            chosen = self._shown_channels()
            has_place = bool(chosen) or self.target.everywhere
        return goal_words.draft_of(self.goal, self.target, has_place), chosen

    def _shown_channels(self) -> list:
        if self.target.pk:
            return list(self.target.channels.all())
        initial = self.forms["target"].initial.get("channels") or []
        return [channel for channel in self.people.channels if channel.pk in initial]

    def context(self) -> dict[str, Any]:
        draft, chosen = self._draft()
        place = _("all channels") if self.target.everywhere and not chosen else goal_words.place_name(self.target, chosen)
        objective = self.goal.objective.text if self.goal.objective else ""
        letters = advise(goal_words.letters(draft), self._facts(draft))
        return super().context() | {
            "goals": self.goals,
            "goal": self.goal,
            "goal_form": self.forms["goal"],
            "target_form": self.forms["target"],
            "letters": letters,
            "unmet": {letter.letter for letter in letters if not letter.is_met},
            "score": sum(letter.is_met for letter in letters),
            "sentence": goal_words.sentence(draft, place, objective, self.target.window, self.brand.currency),
            "change_hint": goal_words.change_hint(draft),
            "pace_hint": goal_words.pace_hint(draft, self.target.window),
            "compound_hint": goal_words.compound_hint(draft, self.target.window),
            "examples": EXAMPLES,
            "advice": advice(self.goal.goal_type),
            "usual": usual_metrics(self.goal.goal_type),
            "guard": guard_metric(self.goal.goal_type),
            "may_add_goal": len(self.goals) < MOST_GOALS,
            "known_window": window_url("metrics:known_figure", self.strategy),
        }

    def _facts(self, draft: Draft) -> Facts:
        has_objectives = any(objective.text for objective in self.strategy.objectives.all())
        return Facts(self.strategy, self.goal.goal_type, draft, bool(self.people.channels), has_objectives)


class TargetsPage(TodayFromFigures):
    """All goals with their targets; one target open for writing."""

    template = "strategies/steps/targets.html"

    @cached_property
    def goals(self) -> list[Goal]:
        goals = list(self.strategy.goals.prefetch_related("targets__channels__platform"))
        for goal in goals:
            goal.strategy = self.strategy
            goal.lacking = [name for name in self._usual(goal) if name not in {target.metric for target in goal.targets.all()}]
            goal.lacking_names = [metric_names.name_of(name) for name in goal.lacking]
        return goals

    def _usual(self, goal: Goal) -> list[str]:
        declared = GOAL_TYPES.get(goal.goal_type)
        return [*declared.primary, declared.guard] if declared else []

    @cached_property
    def target(self) -> Target | None:
        """The open target: one of the address, a new one for the goal of the address, or none."""
        named = self.request.POST.get("item") or self.request.GET.get("target") or ""
        targets = [target for goal in self.goals for target in goal.targets.all()]
        if (number := chosen_number(named)) is not None:
            found = next((target for target in targets if target.pk == number), None)
            if found is None:
                raise Http404
            found.goal = self._goal(found.goal_id)
            return found
        if named == "new":
            goal = self._goal(chosen_number(self.request.POST.get("goal") or self.request.GET.get("goal")))
            return Target(goal=goal, deadline=None, position=len(goal.targets.all()))
        return None

    def _goal(self, number: int | None) -> Goal:
        found = next((goal for goal in self.goals if goal.pk == number), None)
        if found is None:
            raise Http404
        return found

    def build(self, typed: QueryDict | None) -> dict[str, RowForm]:
        if self.target is None:
            return {}
        form = TargetForm(typed, instance=self.target, prefix="target", strategy=self.strategy, channels=self.people.channels)
        return {"target": form}

    def save(self) -> bool:
        form = self.forms.get("target")
        if form is not None and form.instance.pk is None and len(self.target.goal.targets.all()) >= MOST_TARGETS:
            form.add_error(None, _("Twenty targets for one goal are the most."))
            return False
        return super().save()

    def prefix_of(self, row: Any) -> str:
        return "target"

    def fresh_states(self):
        number = self.target.pk
        for name in ("goals", "target"):
            self.__dict__.pop(name, None)
        self.target = next(target for goal in self.goals for target in goal.targets.all() if target.pk == number)
        self.target.goal = self._goal(self.target.goal_id)
        return super().fresh_states()

    def here(self) -> str:
        # Saved: the list again, without an open form.
        return ""

    def remove(self, number: str) -> None:
        target = Target.objects.filter(goal__strategy=self.strategy, pk=chosen_number(number)).first()
        if target is not None:
            remember(self.request, self.strategy, [target], metric_names.name_of(target.metric))
            target.delete()
            self.acted = True
            self.__dict__.pop("goals", None)

    def act(self, action: str) -> str | None:
        """`usual-<goal>`: add the KPIs that goals of this type usually have."""
        if action == USE_KNOWN and self.target is not None and self.target.pk:
            return f"?target={self.target.pk}#target"
        if not action.startswith("usual-"):
            return None
        goal = self._goal(chosen_number(action.removeprefix("usual-")))
        guard = GOAL_TYPES[goal.goal_type].guard if goal.goal_type in GOAL_TYPES else ""
        new = []
        for place, name in enumerate(goal.lacking, start=len(goal.targets.all())):
            role = Target.Role.GUARD if name == guard else Target.Role.PRIMARY
            new.append(goal.targets.create(metric=name, role=role, everywhere=True, position=place))
        known_figures.fill_in(self.strategy, new)
        self.acted = bool(goal.lacking)
        return f"#goal-{goal.pk}"

    def context(self) -> dict[str, Any]:
        return super().context() | {
            "goals": self.goals,
            "target": self.target,
            "target_form": self.forms.get("target"),
            "known_window": window_url("metrics:known_figure", self.strategy),
        }
